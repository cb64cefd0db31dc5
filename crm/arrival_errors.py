"""Refusals of what arrives as it is: cards and places."""

from __future__ import annotations

from crm.errors import CrmError


class CardUnread(CrmError):
    """An electronic card that holds nobody, or cannot be read as one. Facts: `name`."""

    key = "card_unread"


class CardTooLarge(CrmError):
    """An electronic card of more bytes, or fields to a person, than one has. Facts: `name`, `most`."""

    key = "card_too_large"


class TooManyCards(CrmError):
    """More people in one file of electronic cards than are asked about at once. Facts: `name`, `n`, `most`."""

    key = "too_many_cards"


class PictureTooLarge(CrmError):
    """A picture of more points than are read. Facts: `name`, `width`, `height`."""

    key = "picture_too_large"


class PictureBroken(CrmError):
    """A picture that ends too early, or cannot be read for another reason. Facts: `name`."""

    key = "picture_broken"


class NoSuchPlace(CrmError):
    """A place that is nowhere on earth."""

    key = "no_such_place"


class PlaceGone(CrmError):
    """The check-in whose place is to be the customer's was taken back."""

    key = "place_gone"
