"""What search engines read about an organisation (schema.org)."""

from typing import Any

from django.http import HttpRequest

from common.sharing import picture_url
from partners.enums import Access, Kind, Weekday
from partners.models import PartnerPage

TYPES = {
    Kind.LIBRARY: "Library",
    Kind.UNIVERSITY: "CollegeOrUniversity",
    Kind.COLLEGE: "EducationalOrganization",
    Kind.SCHOOL: "School",
    Kind.MUSEUM: "Museum",
    Kind.NGO: "NGO",
    Kind.BUSINESS: "LocalBusiness",
    Kind.AUTHORITY: "GovernmentOrganization",
    Kind.MEDIA: "NewsMediaOrganization",
}
DAYS = dict(zip(Weekday, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))


def organization(page: PartnerPage, request: HttpRequest, district: str) -> dict[str, Any]:
    url = page.get_url(request)
    said = {
        "@type": TYPES.get(Kind(page.kind), "Organization"),
        "@id": request.build_absolute_uri(url),
        "name": page.title,
        "alternateName": page.short_name,
        "description": page.tagline,
        "url": page.website or request.build_absolute_uri(url),
        "telephone": page.phones[:1],
        "email": page.email,
        "sameAs": page.networks,
        "logo": picture_url(page.logo, request),
        "image": picture_url(page.cover, request),
        "location": _place(page, district),
    }
    return {name: value for name, value in said.items() if value}


def _place(page: PartnerPage, district: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if page.address:
        said["address"] = {"@type": "PostalAddress", "streetAddress": page.address, "addressRegion": district}
    if page.latitude is not None and page.longitude is not None:
        said["geo"] = {"@type": "GeoCoordinates", "latitude": page.latitude, "longitude": page.longitude}
    if page.opening_hours:
        said["openingHoursSpecification"] = _hours(page.opening_hours)
    if page.access:
        said["amenityFeature"] = [_amenity(Access(code)) for code in Access.values if code in page.access]
    return {"@type": "Place", "name": page.title, **said} if said else {}


def _hours(hours: dict[str, list[list[str]]]) -> list[dict[str, Any]]:
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": DAYS[day], "opens": opens, "closes": closes}
        for day in Weekday
        for opens, closes in hours.get(day, [])
    ]


def _amenity(access: Access) -> dict[str, Any]:
    return {"@type": "LocationFeatureSpecification", "name": str(access.label), "value": True}
