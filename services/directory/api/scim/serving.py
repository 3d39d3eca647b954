"""The library's service over our provider; reading what is written costs no more than it must."""

from typing import TypeVar

from scim2_models import BaseModel, Context, default_comparison_key
from scim2_server.service import ScimService

from services.directory.api.scim.provider import POLICY, PROVIDER

M = TypeVar("M", bound=BaseModel)

WHOLE = (Context.RESOURCE_CREATION_REQUEST, Context.RESOURCE_REPLACEMENT_REQUEST)
# With a key of our own the library tries it on each of some sixty attributes of whatever is
# written, to refuse texts that have none. Ours has one for every text, and trying took most of the
# reading.
AS_WRITTEN = POLICY.model_copy(update={"comparison_key": default_comparison_key})


class Serving(ScimService):
    """Serves as the library does."""

    def read_body(
        self, model: type[M], body: bytes, content_type: str | None, scim_ctx: Context
    ) -> M:
        """Validate a request body; a whole resource without trying how its texts compare."""
        if scim_ctx not in WHOLE:
            return super().read_body(model, body, content_type, scim_ctx)
        with AS_WRITTEN:
            return super().read_body(model, body, content_type, scim_ctx)


SERVICE = Serving(PROVIDER)
