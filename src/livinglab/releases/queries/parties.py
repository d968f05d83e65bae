"""Who somebody is to a publisher."""

from livinglab.accounts.queries import User
from livinglab.organizations.queries import Role, posts
from livinglab.releases.domain.parties import PREPARES, PUBLISHES, Actor


def actor_of(user: User) -> Actor:
    """This function will return for whom a person publishes, and whether this is a ministry's officer. One query."""
    held = posts(user.id)
    return Actor(
        user_id=user.id,
        publishes_for=frozenset(post.organization_id for post in held if post.role.value in PUBLISHES),
        prepares_for=frozenset(post.organization_id for post in held if post.role.value in PREPARES),
        belongs_to=frozenset(post.organization_id for post in held),
        ministries=frozenset(post.organization_id for post in held if post.role is Role.MINISTRY),
    )
