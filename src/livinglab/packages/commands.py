"""Commands about service packages as files, here and at other instances; none needs the database."""

from livinglab.packages.case_commands import case
from livinglab.packages.compare_commands import diff, merge_packages
from livinglab.packages.instance_commands import list_packages, pull
from livinglab.packages.package_commands import package

__all__ = ["COMMANDS", "package"]

package.add_command(diff)
package.add_command(merge_packages)
package.add_command(list_packages)
package.add_command(pull)

COMMANDS = (case, package)
