"""Legal bases (căn cứ): the superior papers that plans and dispatches rest on."""

from django.db import models
from django.db.models import F, Q

from plans.states import BasisKind
from units.addresses import address_of
from units.constraints import NeverChanges
from units.discreet import DiscreetLine
from units.models import StoredFile, User
from units.trail import Trail
from units.word_index import WordIndex


class LegalBasisQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_department_staff() else self.none()

    def in_force(self):
        return self.filter(superseded_by=None)

    def search(self, words):
        return self.filter(search_key__words=words)


class LegalBasis(models.Model):
    """A superior paper that a plan or dispatch rests on (căn cứ), with its file when we have it."""

    kind = models.CharField("loại văn bản", max_length=15, choices=BasisKind, default=BasisKind.LETTER)
    number = models.CharField("số, ký hiệu", max_length=50, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=150)
    subject = models.CharField("trích yếu", max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name="được thay bởi"
    )
    search_key = models.CharField(max_length=800, editable=False, blank=True)

    objects = LegalBasisQuerySet.as_manager()
    EDITED = ("kind", "number", "issued_on", "issuer", "subject", "superseded_by", "file")

    class Meta:
        indexes = [WordIndex(fields=["search_key"], name="basis_words")]
        constraints = [
            models.UniqueConstraint(
                "number",
                "issuer",
                "issued_on",
                condition=~Q(number=""),
                name="legal_basis_once",
                violation_error_message="Văn bản này đã có trong danh mục căn cứ.",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("pk")), name="basis_not_its_own_successor"
            ),
        ]

    def __str__(self):
        return self.citation()

    def get_absolute_url(self):
        return address_of("plans:basis_detail", self.pk)

    def citation(self):
        """As cited in full the first time (NĐ 30/2020 PL I.II.6.a): a law without number, day and issuer."""
        kind = self.kind[:1].upper() + self.kind[1:] if self.kind != BasisKind.OTHER else "Văn bản"
        if self.kind == BasisKind.LAW:
            return self.subject
        number = f" số {self.number}" if self.number else ""
        day = f" ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return f"{kind}{number}{day} của {self.issuer} {self.subject}"


class BasisEntry(models.Model):
    """One change of a legal basis: who, when, and what, in words. Append-only."""

    TRAIL = Trail("Căn cứ", about="basis__subject", key="basis_id", page="plans:basis_detail", note="what")

    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="history")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    under = models.ForeignKey(
        "units.Delegation", models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+"
    )
    at = models.DateTimeField("lúc")
    what = DiscreetLine("nội dung", max_length=500)

    class Meta:
        constraints = [NeverChanges(name="basis_entry_append_only")]

    def __str__(self):
        return self.what
