"""The provinces and communes of the country, as facts."""

from collections import Counter

from units.divisions import communes, find_province, provinces
from units.text import nfc


def test_the_country_has_34_provinces_and_3321_communes():
    every = [commune for province in provinces() for commune in communes(province.code)]
    assert len(provinces()) == 34
    assert Counter(each.name.split()[0] for each in every) == {"Xã": 2621, "Phường": 687, "Đặc": 13}
    assert len({each.code for each in every}) == 3321
    assert all(nfc(each.name) == each.name and len(each.code) == 5 and each.proper for each in every)
    assert Counter(each.name.startswith("Thành phố ") for each in provinces()) == {False: 28, True: 6}


def test_a_province_is_found_however_it_is_written():
    assert {find_province(said).code for said in ("86", "Vĩnh Long", "tỉnh vĩnh long", "vinh long")} == {"86"}
    assert find_province("Hải Giang") is None
    assert find_province("Huế").committee == "Ủy ban nhân dân thành phố Huế"
    assert find_province("Hồ Chí Minh").committee == "Ủy ban nhân dân Thành phố Hồ Chí Minh"
