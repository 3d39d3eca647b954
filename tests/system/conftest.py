"""Brokers for system tests."""

from tests.support.broker_fixtures import apache_kafka, small_broker

__all__ = ["apache_kafka", "small_broker"]
