from livinglab.sandboxes.models.sandbox import Sandbox

__all__ = ["Sandbox"]
