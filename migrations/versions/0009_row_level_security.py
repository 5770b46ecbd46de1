"""Row-level security: PostgreSQL itself shows a reader only the rows of the reader's area or relation.

The identity comes with every transaction (`pairing.readers`); told nothing, a connection sees nothing.
SQLite has no such thing and stays as it is.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STAFF = "'community_worker', 'street_officer', 'district_admin'"
SIDE = "SELECT v.id FROM volunteer v WHERE v.user_id = reader_id()"
GIVEN = "SELECT p.id FROM pledge p JOIN enterprise e ON e.id = p.enterprise_id WHERE e.user_id = reader_id()"
IN_SCOPE = (
    "{0}.area_code BETWEEN nullif(current_setting('pairing.scope', true), '')"
    " AND current_setting('pairing.scope', true) || '999999999999'"
)

FACTS = {  # who reads, as PostgreSQL was told
    "reader_role": ("text", "SELECT current_setting('pairing.role', true)"),
    "reader_id": ("int", "SELECT nullif(current_setting('pairing.user_id', true), '')::int"),
    "reader_from": (  # the codes of an area lie between its own and its own with nines; others have none
        "text",
        "SELECT CASE WHEN reader_role() = 'machine' THEN ''"
        f" WHEN reader_role() IN ({STAFF}) THEN nullif(current_setting('pairing.scope', true), '') END",
    ),
    "reader_to": (
        "text",
        "SELECT CASE WHEN reader_role() = 'machine' THEN 'z'"
        " ELSE current_setting('pairing.scope', true) || '999999999999' END",
    ),
}
RELATIONS = {  # ids that the reader is bound to; they look at the tables as the machine, so none asks itself
    "own_volunteers": SIDE,
    "own_enterprises": "SELECT e.id FROM enterprise e WHERE e.user_id = reader_id()",
    "own_pledges": GIVEN,
    "own_homes": (
        f"SELECT p.household_id FROM pairing p WHERE p.status = 'active' AND p.volunteer_id IN ({SIDE})"
        " UNION SELECT w.household_id FROM visit w WHERE w.status = 'planned' AND w.pairing_id IS NULL"
        f" AND w.volunteer_id IN ({SIDE})"
    ),
    "tied_volunteers": (  # to households of the area: staff must know who comes
        f"SELECT p.volunteer_id FROM pairing p WHERE {IN_SCOPE.format('p')}"
        f" UNION SELECT p.volunteer_id FROM proposal p WHERE {IN_SCOPE.format('p')}"
        f" UNION SELECT w.volunteer_id FROM visit w WHERE {IN_SCOPE.format('w')}"
        " UNION SELECT x.volunteer_id FROM run_pair x JOIN matching_run r ON r.id = x.run_id"
        f" WHERE {IN_SCOPE.format('r')}"
    ),
    "tied_pledges": (  # whose money is meant for households of the area
        f"SELECT g.pledge_id FROM grant_proposal g WHERE {IN_SCOPE.format('g')}"
        f" UNION SELECT k.pledge_id FROM reservation k WHERE {IN_SCOPE.format('k')}"
        " UNION SELECT x.pledge_id FROM run_grant x JOIN matching_run r ON r.id = x.run_id"
        f" WHERE {IN_SCOPE.format('r')}"
    ),
    "tied_enterprises": "SELECT p.enterprise_id FROM pledge p WHERE p.id = ANY(tied_pledges())",
}
REACH = """SELECT substr(v.area_code, 1, CASE v.reach WHEN 'community' THEN 12 WHEN 'subdistrict' THEN 9 ELSE 6 END)
    FROM volunteer v WHERE v.user_id = reader_id()"""

MACHINE = "(SELECT reader_role()) = 'machine'"
STAFF_ONLY = "(SELECT reader_from()) IS NOT NULL"
AREA = "area_code BETWEEN (SELECT reader_from()) AND (SELECT reader_to())"
OPEN_NEARBY = (
    "(pairing_id IS NULL AND status IN ('open', 'planned')"
    " AND area_code BETWEEN (SELECT own_reach()) AND (SELECT own_reach()) || '999999999999')"
)


def among(column: str, relation: str) -> str:
    """Say that *column* is one of the ids of a relation; asked once for a statement."""
    return f"{column} = ANY((SELECT {relation}())::int[])"


def child(column: str, parent: str, also: str = "") -> str:
    """Say that the parent is there for the reader, by the policy of its own table."""
    seen = f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {column}{also})"
    return f"({MACHINE} OR {seen})"


AUDITED = (
    f"({MACHINE} OR ((SELECT reader_role()) = 'auditor' AND (area_code = ''"
    " OR area_code BETWEEN (SELECT nullif(current_setting('pairing.scope', true), ''))"
    " AND (SELECT current_setting('pairing.scope', true) || '999999999999'))))"
)
POLICIES = {
    "household": f"{AREA} OR {among('id', 'own_homes')}",
    "member": f"{STAFF_ONLY} AND {child('household_id', 'household')}",
    "need": child("household_id", "household"),
    "volunteer": f"{AREA} OR {among('id', 'own_volunteers')}"
    f" OR ({STAFF_ONLY} AND {among('id', 'tied_volunteers')})",
    "volunteer_skill": child("volunteer_id", "volunteer"),
    "enterprise": f"{AREA} OR {among('id', 'own_enterprises')}"
    f" OR ({STAFF_ONLY} AND {among('id', 'tied_enterprises')})",
    "pledge": f"{MACHINE} OR {among('enterprise_id', 'own_enterprises')} OR ({STAFF_ONLY} AND ("
    f"{child('enterprise_id', 'enterprise', f' AND parent.{AREA}')} OR {among('id', 'tied_pledges')}))",
    "grant_proposal": f"{AREA} OR {among('pledge_id', 'own_pledges')}",
    "reservation": f"{AREA} OR {among('pledge_id', 'own_pledges')}",
    "proposal": f"{AREA} OR {among('volunteer_id', 'own_volunteers')}",
    "pairing": f"{AREA} OR {among('volunteer_id', 'own_volunteers')}",
    "visit": f"{AREA} OR {among('volunteer_id', 'own_volunteers')} OR {OPEN_NEARBY}",
    "visit_plan": child("pairing_id", "pairing"),
    "visit_report": f"{among('volunteer_id', 'own_volunteers')} OR ({STAFF_ONLY} AND"
    f" {child('visit_id', 'visit')})",
    "reminder": child("visit_id", "visit"),
    "matching_run": AREA,
    "run_pair": child("run_id", "matching_run"),
    "run_grant": child("run_id", "matching_run"),
    "run_unserved": child("run_id", "matching_run"),
    "roster_import": AREA,
    "message": f"{MACHINE} OR user_id = (SELECT reader_id()) OR ({STAFF_ONLY} AND EXISTS (SELECT 1"
    " FROM user_account u WHERE u.id = user_id"
    " AND u.scope_code BETWEEN (SELECT reader_from()) AND (SELECT reader_to())))",
    "audit_entry": AUDITED,
    "consent": AREA,
    "consent_guardian": child("consent_id", "consent"),
    "stored_file": f"{AREA} OR created_by_id = (SELECT reader_id())",
    "visit_photo": child("report_id", "visit_report"),
    "subject_request": f"{AREA} OR asked_by_id = (SELECT reader_id())",
    "export": f"{MACHINE} OR owner_id = (SELECT reader_id())",
}


def upgrade():
    """Bind every reader, the owner of the tables too."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for name, (kind, body) in FACTS.items():
        op.execute(f"CREATE FUNCTION {name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE AS $${body}$$")
    for name, body in RELATIONS.items():
        _as_machine(
            name, "int[]", f"SELECT coalesce(array_agg(found.id), '{{}}') FROM ({body}) AS found (id)"
        )
    _as_machine("own_reach", "text", REACH)
    op.execute("CREATE POLICY audit_entry_writers ON audit_entry FOR INSERT WITH CHECK (true)")
    for table, rule in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_readers ON {table} USING ({rule})")


def _as_machine(name, kind, body):
    """Make a function that looks as the machine; an owner without more rights cannot bind a setting to one."""
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS {kind} LANGUAGE plpgsql STABLE AS $$"
        " DECLARE before text := current_setting('pairing.role', true); answer text; BEGIN"
        " PERFORM set_config('pairing.role', 'machine', true);"
        f" answer := ({body})::text;"
        " PERFORM set_config('pairing.role', before, true);"
        f" RETURN answer::{kind}; END $$"
    )


def downgrade():
    """Let every connection see everything again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in POLICIES:
        op.execute(f"DROP POLICY IF EXISTS {table}_writers ON {table}")
        op.execute(f"DROP POLICY {table}_readers ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for name in ("own_reach", *reversed(RELATIONS), *reversed(FACTS)):
        op.execute(f"DROP FUNCTION {name}()")
