"""Facts about accounts and groups in the published language; all of them are withheld outside."""

from services.directory.domain import account, claim, group
from shared.contracts import accounts as say
from shared.contracts.accounts import FEED
from shared.eventing.translation import published

ACCOUNTS = (
    published(account.Opened, say.AccountOpened, FEED),
    published(account.Renamed, say.AccountRenamed, FEED),
    published(account.MailsListed, say.MailsListed, FEED),
    published(account.Described, say.AccountDescribed, FEED),
    published(account.SwitchedOff, say.AccountSwitchedOff, FEED),
    published(account.SwitchedOn, say.AccountSwitchedOn, FEED),
    published(account.LoginLinked, say.LoginLinked, FEED),
    published(account.LoginUnlinked, say.LoginUnlinked, FEED),
    published(account.Closed, say.AccountClosed, FEED),
    published(claim.Claimed, say.NameClaimed, FEED),
    published(claim.Released, say.NameReleased, FEED),
    published(group.Formed, say.GroupFormed, FEED),
    published(group.Renamed, say.GroupRenamed, FEED),
    published(group.MembersJoined, say.MembersJoined, FEED),
    published(group.MembersLeft, say.MembersLeft, FEED),
    published(group.Dissolved, say.GroupDissolved, FEED),
)
