from livinglab.planning.models.effort import EffortEdit

__all__ = ["EffortEdit"]
