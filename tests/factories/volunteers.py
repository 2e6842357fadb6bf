import factory

from tests.factories.tenant import TenantFactory
from volunteer_network import national_id, sealing
from volunteer_network.enums import VolunteerLevel, VolunteerStatus
from volunteer_network.models import Province, Subdistrict, Volunteer
from volunteer_network.thai_text import match_key


class VolunteerFactory(TenantFactory):
    class Meta:
        model = Volunteer

    class Params:
        digits = factory.Sequence(lambda n: national_id.make_sample(n + 1))

    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    number = factory.Sequence(lambda n: 900_000 - n)  # down: a service gives the next one up
    title = "นาย"
    first_name = factory.Sequence(lambda n: f"เสน่ห์{'กขคง'[n % 4]}")
    last_name = "นาคสวัสดิ์"
    phone = factory.Sequence(lambda n: f"08{n:08d}")
    level = VolunteerLevel.SUBDISTRICT_LEAD
    status = VolunteerStatus.ACTIVE
    subdistrict = factory.LazyAttribute(
        lambda row: Subdistrict.objects.filter(province=row.province).order_by("pk").first()
    )
    district = factory.LazyAttribute(lambda row: row.subdistrict.district)
    person = factory.Faker("uuid4", cast_to=None)
    match_key = factory.LazyAttribute(lambda row: match_key(f"{row.first_name} {row.last_name}"))
    national_id_index = factory.LazyAttribute(lambda row: sealing.blind_index(row.digits))
    national_id_masked = factory.LazyAttribute(lambda row: national_id.mask(row.digits))
    national_id_sealed = factory.LazyAttribute(
        lambda row: sealing.seal(row.digits, table="volunteer", row=str(row.person))
    )
