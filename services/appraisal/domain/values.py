"""The form of all values of this domain: frozen, and exactly what they say."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Something told by its content alone; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
