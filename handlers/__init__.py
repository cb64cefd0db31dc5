"""What a message makes happen: intent -> skill. A skill is named like its rule, its words and its story."""

from handlers.add_note import add_note
from handlers.add_to_visit import add_to_visit
from handlers.answer_query import answer_query
from handlers.ask_for_resource import ask_for_resource
from handlers.brief_customer import brief_customer
from handlers.change_name import change_name
from handlers.check_in import check_in
from handlers.comment_visit import comment_visit
from handlers.correct_record import correct_record
from handlers.create_task import create_task
from handlers.deactivate_user import deactivate_user
from handlers.delete_record import delete_record
from handlers.drop_task import drop_task
from handlers.erase_person import erase_person
from handlers.export_list import export_list
from handlers.finish_task import finish_task
from handlers.forget_short_name import forget_short_name
from handlers.hand_over_customers import hand_over_customers
from handlers.hand_over_deal import hand_over_deal
from handlers.hand_over_task import hand_over_task
from handlers.import_customers import import_customers
from handlers.invite_user import invite_user
from handlers.keep_contact import keep_contact
from handlers.keep_files import keep_files
from handlers.learn_short_name import learn_short_name
from handlers.list_comments import list_comments
from handlers.list_duplicates import list_duplicates
from handlers.list_gaps import list_gaps
from handlers.list_person import list_person
from handlers.list_sharers import list_sharers
from handlers.list_short_names import list_short_names
from handlers.list_teams import list_teams
from handlers.list_users import list_users
from handlers.look_up_customer import look_up_customer
from handlers.merge_customers import merge_customers
from handlers.move_task import move_task
from handlers.note_contract import note_contract
from handlers.note_payment import note_payment
from handlers.note_quote import note_quote
from handlers.note_ticket import note_ticket
from handlers.put_back_hand_over import put_back_hand_over
from handlers.reactivate_user import reactivate_user
from handlers.record_visit import record_visit
from handlers.redo_changes import redo_changes
from handlers.reject_customer import reject_customer
from handlers.rename_task import rename_task
from handlers.report_task import report_task
from handlers.search_visits import search_visits
from handlers.set_calendar_link import set_calendar_link
from handlers.set_digest import set_digest
from handlers.set_ladder import set_ladder
from handlers.set_language import set_language
from handlers.set_quiet_hours import set_quiet_hours
from handlers.set_target import set_target
from handlers.set_team import set_team
from handlers.set_user import set_user
from handlers.set_working_day import set_working_day
from handlers.set_write_policy import set_write_policy
from handlers.set_zone import set_zone
from handlers.share_customer import share_customer
from handlers.show_changes import show_changes
from handlers.show_definitions import show_definitions
from handlers.show_files import show_files
from handlers.show_handed_over import show_handed_over
from handlers.show_help import show_help
from handlers.show_ladders import show_ladders
from handlers.show_report import show_report
from handlers.show_timeline import show_timeline
from handlers.show_write_policies import show_write_policies
from handlers.start_chat import start_chat
from handlers.state_fact import state_fact
from handlers.turn import Skill
from handlers.turn_page import turn_page
from handlers.undo_changes import undo_changes
from handlers.update_contact import update_contact
from handlers.update_customer import update_customer
from handlers.update_deal import update_deal

# In the order in which the readings of one message are run: what a move's conditions ask for comes before the move.
SKILLS: dict[str, Skill] = {
    "start_chat": start_chat,
    "show_help": show_help,
    "set_language": set_language,
    "set_zone": set_zone,
    "change_name": change_name,
    "invite_user": invite_user,
    "list_users": list_users,
    "list_teams": list_teams,
    "set_team": set_team,
    "set_user": set_user,
    "deactivate_user": deactivate_user,
    "reactivate_user": reactivate_user,
    "hand_over_customers": hand_over_customers,
    "import_customers": import_customers,
    "merge_customers": merge_customers,
    "put_back_hand_over": put_back_hand_over,
    "ask_for_resource": ask_for_resource,
    "share_customer": share_customer,
    "list_sharers": list_sharers,
    "comment_visit": comment_visit,
    "list_comments": list_comments,
    "search_visits": search_visits,
    "show_handed_over": show_handed_over,
    "undo_changes": undo_changes,
    "redo_changes": redo_changes,
    "correct_record": correct_record,
    "set_target": set_target,
    "show_changes": show_changes,
    "show_definitions": show_definitions,
    "show_report": show_report,
    "set_write_policy": set_write_policy,
    "show_write_policies": show_write_policies,
    "set_quiet_hours": set_quiet_hours,
    "set_digest": set_digest,
    "set_calendar_link": set_calendar_link,
    "set_ladder": set_ladder,
    "show_ladders": show_ladders,
    "set_working_day": set_working_day,
    "forget_short_name": forget_short_name,
    "learn_short_name": learn_short_name,
    "list_short_names": list_short_names,
    "reject_customer": reject_customer,
    "show_timeline": show_timeline,
    "list_duplicates": list_duplicates,
    "list_gaps": list_gaps,
    "look_up_customer": look_up_customer,
    "answer_query": answer_query,
    "turn_page": turn_page,
    "export_list": export_list,
    "list_person": list_person,
    "erase_person": erase_person,
    "delete_record": delete_record,
    "update_customer": update_customer,
    "show_files": show_files,
    "update_contact": update_contact,
    "keep_contact": keep_contact,
    "add_note": add_note,
    "record_visit": record_visit,
    "add_to_visit": add_to_visit,
    "keep_files": keep_files,
    "check_in": check_in,
    "state_fact": state_fact,
    "note_quote": note_quote,
    "note_contract": note_contract,
    "note_payment": note_payment,
    "note_ticket": note_ticket,
    "update_deal": update_deal,
    "hand_over_deal": hand_over_deal,
    "finish_task": finish_task,
    "drop_task": drop_task,
    "report_task": report_task,
    "move_task": move_task,
    "rename_task": rename_task,
    "hand_over_task": hand_over_task,
    "create_task": create_task,
    "brief_customer": brief_customer,  # last: it tells of what the message itself has set
}
