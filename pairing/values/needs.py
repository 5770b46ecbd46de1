"""Which households are in hard times and what they lack: words that registers and pledges share."""

from pairing.wording import Labelled, _


class Category(Labelled):
    """Category of the household (domain: layering in use since 2023)."""

    DIBAO = "dibao", _("最低生活保障家庭")
    TEKUN = "tekun", _("特困供养人员")
    DIBAO_MARGINAL = "dibao_marginal", _("低保边缘家庭")
    EXPENDITURE_POOR = "expenditure_poor", _("刚性支出困难家庭")
    MAJOR_ILLNESS = "major_illness", _("大病困难家庭")
    DISABLED = "disabled", _("残疾人家庭")
    FAMILY_PLANNING_SPECIAL = "family_planning_special", _("计生特殊家庭")
    LIVING_ALONE = "living_alone", _("独居老人")
    LONELY_ELDER = "lonely_elder", _("孤寡老人")
    CHILD_IN_NEED = "child_in_need", _("困境儿童")
    OTHER_LOW_INCOME = "other_low_income", _("其他困难家庭")


class NeedType(Labelled):
    """What the household lacks."""

    MEDICAL = "medical", _("就医")
    EMPLOYMENT = "employment", _("就业")
    SCHOOLING = "schooling", _("上学")
    CARE = "care", _("照护")
    HOUSING = "housing", _("住房")
    LIVING_SUPPLIES = "living_supplies", _("生活用品")
    PSYCHOLOGICAL = "psychological", _("心理慰藉")
    LEGAL = "legal", _("法律")
    POLICY_AGENCY = "policy_agency", _("政策代办")
    COMPANIONSHIP = "companionship", _("陪伴")
    HOME_REPAIR = "home_repair", _("维修")
    OTHER = "other", _("其他")
