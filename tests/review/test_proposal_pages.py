import pytest

from pairing.households.models import NeedType
from pairing.matching.models import ProposalStatus
from tests.support.makers import NOW, make_household, make_proposal, make_staff

ACCEPTED = {"status": ProposalStatus.ACCEPTED, "answered_at": NOW}
READY = {**ACCEPTED, "consent_at": NOW, "consent_how": "phone"}
STATES = {
    "asked": {"status": ProposalStatus.PROPOSED},
    "consent": ACCEPTED,
    "ready": READY,
    "done": {"status": ProposalStatus.DECLINED, "answered_at": NOW},
}


@pytest.mark.parametrize("tab", STATES)
def test_each_tab_lists_its_proposals_only(reader, tab):
    for name, state in STATES.items():
        make_proposal(make_household(f"家庭{name}", [NeedType.COMPANIONSHIP]), **state)

    page = reader.sign_in(make_staff()).get(f"/review?tab={tab}")

    assert [words for words in page.words(".pair-name") if words.startswith("家庭")] == [f"家庭{tab}"]


@pytest.mark.parametrize(
    ("tab", "words"),
    [("asked", "志愿者的答复"), ("consent", "征求家庭意见"), ("ready", "确认结对"), ("done", "处理结果")],
)
def test_a_proposal_says_what_is_to_be_done_next(reader, tab, words):
    proposal = make_proposal(make_household(needs=[NeedType.COMPANIONSHIP]), **STATES[tab])

    page = reader.sign_in(make_staff()).get(f"/review/proposals/{proposal.id}")

    assert page.words("#next") == [words]
