from livinglab.kernel.models.clock_look import ClockLook
from livinglab.kernel.models.data_version import DataVersion

__all__ = ["ClockLook", "DataVersion"]
