"""Reading what is written: nothing is refused for texts, for each can be compared."""

import pytest
from scim2_models import Context, Path, ScimPolicy

from services.directory.api.scim.provider import POLICY, USER
from services.directory.api.scim.serving import AS_WRITTEN, SERVICE

HARD = ("", "İstanbul ß ﬃ", "\u0301\u0301", "張\u200d偉", "a" * 5_000, "\U0010ffff")
JSON = "application/scim+json"


def test_every_text_can_be_compared_so_that_none_need_be_tried() -> None:
    for path in Path[USER].iter_paths(target_type=[str]):
        binding = path.resolve()
        assert binding is not None
        for text in HARD:
            assert isinstance(binding.comparable(text, POLICY), str)


def test_whole_resources_are_read_by_our_policy_in_all_else() -> None:
    ours, read = POLICY.model_dump(), AS_WRITTEN.model_dump()
    assert ours.pop("comparison_key") is not read.pop("comparison_key")
    assert ours == read


@pytest.mark.parametrize(
    "context", [Context.RESOURCE_CREATION_REQUEST, Context.RESOURCE_REPLACEMENT_REQUEST]
)
def test_words_of_an_identity_providers_own_are_passed_over(context: Context) -> None:
    said = b'{"schemas": ["%s"], "userName": "chen", "id": "1", "favouriteTea": "pu-er"}'
    with SERVICE.provider:
        user = SERVICE.read_body(USER, said % str(USER.__schema__).encode(), JSON, context)
    assert user.user_name == "chen"
    assert isinstance(POLICY, ScimPolicy)
