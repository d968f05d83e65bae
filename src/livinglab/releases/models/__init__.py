from livinglab.releases.models.advisory import Advisory
from livinglab.releases.models.key import SigningKey, SigningSecret
from livinglab.releases.models.received import ReceivedPackage
from livinglab.releases.models.release import Listing, Release
from livinglab.releases.models.review import PointAnswer

__all__ = ["Advisory", "Listing", "PointAnswer", "ReceivedPackage", "Release", "SigningKey", "SigningSecret"]
