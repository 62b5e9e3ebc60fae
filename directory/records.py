"""The models of services: what the database keeps of every source.

Keys are made from what a record says (`source/id`, or a UUIDv5 of its words), so that reading the same source again
makes the same keys, a hundred thousand rows are written in bulk, and Open Referral's UUIDs come for nothing.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import relationship

from directory.database import Base, UTCDateTime, now


class Organisation(Base):
    """Who runs services, as one source names it."""

    __tablename__ = "organisation"

    id = Column(String(36), primary_key=True)
    source = Column(String(200), nullable=False)
    name = Column(Text, nullable=False)


class Location(Base):
    """A building or other place of one source."""

    __tablename__ = "location"

    id = Column(String(36), primary_key=True)
    source = Column(String(200), nullable=False)
    name = Column(Text, nullable=False, default="")
    address = Column(Text, nullable=False, default="")
    postcode = Column(String(16), nullable=False, default="")
    place = Column(Text, nullable=False, default="")
    latitude = Column(Float)  # degrees, as the source gives them
    longitude = Column(Float)


class Service(Base):
    """A service, known by (source, source_id). Columns are what something filters on; the rest is JSON."""

    __tablename__ = "service"
    __table_args__ = (Index("ix_service_source", "source", "source_id", unique=True),)

    key = Column(String(520), primary_key=True)
    """`source/source_id`."""
    source = Column(String(200), nullable=False)
    source_id = Column(String(300), nullable=False)
    council = Column(String(64), index=True)
    """The council it is shown in; NULL in every one (national services)."""
    organisation_id = Column(String(36), ForeignKey("organisation.id"), index=True)
    name = Column(Text, nullable=False)
    summary = Column(Text, nullable=False, default="")
    description = Column(Text, nullable=False, default="")
    kind = Column(String(32), nullable=False, default="")
    audience = Column(JSON, nullable=False, default=list)
    min_age = Column(Float)
    max_age = Column(Float)
    eligibility = Column(Text, nullable=False, default="")
    how_to_join = Column(Text, nullable=False, default="")
    referral = Column(String(16), nullable=False, default="")
    cost = Column(Text, nullable=False, default="")
    phone = Column(Text, nullable=False, default="")
    text = Column(Text, nullable=False, default="")
    email = Column(Text, nullable=False, default="")
    url = Column(Text, nullable=False, default="")
    languages = Column(JSON, nullable=False, default=list)
    accessibility = Column(JSON, nullable=False, default=list)
    send = Column(Boolean)
    delivery = Column(JSON, nullable=False, default=list)
    areas = Column(JSON, nullable=False, default=list)
    booking_opens = Column(Date)
    starts = Column(Date)
    ends = Column(Date)
    status = Column(String(16), nullable=False, default="active", index=True)
    assured_date = Column(Date)
    open_referral = Column(JSON, nullable=False, default=dict)
    """Nested data of a feed beyond our columns: cost options, schedules with their dates, contacts, eligibilities."""
    checksum = Column(String(32), nullable=False)
    changed_at = Column(UTCDateTime, nullable=False, default=now)

    organisation = relationship("Organisation")
    at_locations = relationship("ServiceAtLocation", order_by="ServiceAtLocation.position", cascade="all, delete-orphan")
    needs = relationship("ServiceNeed", order_by="ServiceNeed.position", cascade="all, delete-orphan")


class ServiceAtLocation(Base):
    """A service at one of its places, with the times there."""

    __tablename__ = "service_at_location"

    service_key = Column(String(520), ForeignKey("service.key", ondelete="CASCADE"), primary_key=True)
    position = Column(Integer, primary_key=True)
    location_id = Column(String(36), ForeignKey("location.id"), nullable=False, index=True)
    times = Column(JSON, nullable=False, default=list)

    location = relationship("Location")


class ServiceNeed(Base):
    """That a service answers a need, who says so and how surely."""

    __tablename__ = "service_need"

    service_key = Column(String(520), ForeignKey("service.key", ondelete="CASCADE"), primary_key=True)
    code = Column(String(64), primary_key=True, index=True)
    by = Column(String(16), primary_key=True)
    """`source`: its record says so; `words`: found in its text; `worker`: corrected by a person, and wins for ever."""
    confidence = Column(Float, nullable=False, default=1.0)
    """0 to 1; a worker takes a need away with 0."""
    position = Column(Integer, nullable=False, default=0)
    """The chief need is 0."""


class Correction(Base):
    """What a worker said of one field of a service. It stands for ever, whatever its source says later."""

    __tablename__ = "service_correction"

    service_key = Column(String(520), ForeignKey("service.key", ondelete="CASCADE"), primary_key=True)
    field = Column(String(32), primary_key=True)
    """A field of ServiceRecord; `status` is a retirement, or its opposite. Needs have their own rows (ServiceNeed.by)."""
    value = Column(JSON)
    """What the worker said, as JSON."""
    source_value = Column(JSON)
    """What the source says, as of its last import: what comes back when the correction is taken back."""
    who = Column(String(320), nullable=False)
    at = Column(UTCDateTime, nullable=False, default=now)
