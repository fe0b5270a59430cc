"""Names of the permissions on actors."""

CHANGE = "actors.change_actor"
ADD = "actors.add_actor"
PUBLISH = "actors.publish_actor"
JUDGE = "actors.add_identityjudgement"
MERGE = "actors.merge_actor"
