from livinglab.kernel.models.data_version import DataVersion

__all__ = ["DataVersion"]
