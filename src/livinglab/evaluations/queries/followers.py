"""Who follows rounds across regions: a ministry's officer everywhere, a province's for its own regions."""

from dataclasses import dataclass
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.organizations.queries import Organization, Post, Role, organizations, posts


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows rounds: a ministry's officer (everywhere), or a province's (its own regions)."""

    user: User
    posts: tuple[Post, ...]
    is_ministry: bool
    provinces: tuple[Organization, ...]

    @property
    def province_ids(self) -> tuple[UUID, ...] | None:
        """Whose regions count: None for all."""
        return None if self.is_ministry else tuple(one.id for one in self.provinces)

    @property
    def follows(self) -> bool:
        """Whether this person follows any round at all."""
        return self.is_ministry or bool(self.provinces)


def follower(user: User) -> Follower:
    """This function will return what somebody may follow. One query, two for officers of provinces."""
    held = posts(user.id)
    ids = [post.organization_id for post in held if post.role is Role.PROVINCE]
    return Follower(
        user=user,
        posts=held,
        is_ministry=any(post.role is Role.MINISTRY for post in held),
        provinces=tuple(organizations().filter(id__in=ids)) if ids else (),
    )
