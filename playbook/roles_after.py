"""What roles still mean once a path is over."""

from playbook.roles import Action

# What may still be done about somebody whose path is over; everything else has ended with it.
AFTERWARDS = frozenset(
    {
        Action.LOG_READ,
        Action.BLOCKER_READ,
        Action.CONTRACTOR_READ,
        Action.PACKET_READ,
        Action.KPI_READ,
        Action.CHECKLIST_READ,
        Action.AWAY_READ,
        Action.GOLDEN_READ,
        Action.ONE_ON_ONE_READ,
        Action.AUDIT_READ,
        Action.HEALTH_READ,
        Action.FLAG_READ,
        Action.SPRINT_READ,
        Action.REVIEW_READ,
        Action.RATE_READ,
        Action.LEARN_READ,
        Action.LADDER_READ,
        Action.OFFBOARDING_LEAD,
        Action.OFFBOARDING_READ,
        Action.OFFBOARDING_GIVE,
        Action.ACCESS_CLOSE,
        Action.REPORT_READ,
        Action.DATA_EXPORT_ALL,
        Action.DATA_EXPORT,
        Action.TIMESHEET_READ,
        Action.WORKLOG_READ,
        Action.OWN_DATA,
    }
)
