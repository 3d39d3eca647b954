"""Why the directory refuses about accounts and groups."""

from shared.kernel.refusals import Refused


class UserNameTaken(Refused):
    """The user name {user_name} belongs to someone else. Choose another, or close that account
    first.
    """

    status = 409


class ExternalIdTaken(Refused):
    """The external id {external_id} belongs to someone else. Correct it, or close that account
    first.
    """

    status = 409


class LoginTaken(Refused):
    """This login of {issuer} opens someone else's account. Unlink it there first."""

    status = 409


class AccountUnknown(Refused):
    """There is no account of the person {person_id}. Provision one first, or correct the id."""


class AlreadyHasAccount(Refused):
    """This person has the account {user_name} already. Use it, or close it first."""

    status = 409
