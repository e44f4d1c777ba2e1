"""The catalogue's tables: a file per concept."""

from .api_token import ApiToken
from .approval import OrganizationApprovalTask
from .chart import Aggregate, Chart, ChartType
from .dataset import Dataset, FormerName
from .group import Group
from .harvest import HarvestedDataset, HarvestEvent, HarvestRun, HarvestSource
from .licence import Conformance, Licence
from .log import DatasetLogEntry
from .need import DataNeed
from .organization import Capacity, Membership, Organization
from .package_dictionary import PackageDictionary
from .resource import Resource
from .tag import Tag
from .version import DataFile, HoldDecision, Outcome, State, Version
