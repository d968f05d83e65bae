"""The story of the letter in either language: what its pages say, and how they are used and looked at."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.story import looked_at, press

VILLAGER = "Warga Contoh"
#: what the pages say, in English and in Indonesian
SAID = {
    "Lock this device with the PIN": "Kunci perangkat ini dengan PIN",
    "The PIN once more": "PIN sekali lagi",
    "I know": "Saya paham",
    "There is no network.": "Tidak ada jaringan.",
    "Unlock": "Buka kunci",
    "Begin: Letter of financial hardship": "Mulai: Surat Keterangan Tidak Mampu",
    "Full name": "Nama lengkap",
    "National identity number (NIK)": "Nomor induk kependudukan (NIK)",
    "Continue": "Lanjut",
    "Village": "Desa atau kelurahan",
    "Address": "Alamat",
    "School or university": "Sekolah atau kuliah",
    "Name of the school or university": "Nama sekolah atau kampus",
    "Number of family members": "Jumlah anggota keluarga",
    "Family income a month": "Penghasilan keluarga sebulan",
    "Keep it to be sent": "Simpan untuk dikirim",
    "Kept on this device": "Tersimpan di perangkat ini",
    "Back to the counter": "Kembali ke loket",
    f"Slip: {VILLAGER}": f"Bukti terima: {VILLAGER}",
    "The receipt with its code": "Tanda terima dengan kodenya",
    "See where it stands": "Lihat keadaannya",
    "Village officer": "Petugas desa",
    "Head of village": "Kepala desa",
    "Complete and correct": "Lengkap dan benar",
    "District office": "Kecamatan",
    "In order, the head of village may sign": "Sudah benar, kepala desa dapat menandatangani",
    "Done": "Selesai",
    "The letter is approved": "Surat disetujui",
    "What you sign": "Yang Anda tanda tangani",
    "Your passphrase": "Passphrase Anda",
    "Sign and finish": "Tanda tangani dan selesaikan",
    "done and signed": "selesai dan ditandatangani",
    "Revoke": "Cabut",
    "Receipt": "Tanda terima",
    "Signed documents": "Dokumen bertanda tangan",
    "Number of the document or of the application": "Nomor dokumen atau nomor permohonan",
    "Find": "Cari",
    "I compared the number": "Saya sudah membandingkan nomornya",
    "Revoke the document": "Cabut dokumen",
    "Revoked on": "Dicabut pada",
    "This document was revoked": "Dokumen ini sudah dicabut",
    "Revoke the certificate": "Cabut sertifikat",
    "Issue a certificate": "Terbitkan sertifikat",
    "Issue the certificate": "Terbitkan sertifikat",
    "Reason": "Alasan",
    "Official": "Pejabat",
    "Name in the certificate": "Nama dalam sertifikat",
    "Position in the certificate": "Jabatan dalam sertifikat",
    "Passphrase": "Passphrase",
    "The certificate is there.": "Sertifikat tercatat.",
    "has ended: granted": "selesai: dikabulkan",
    "Check the signature": "Periksa tanda tangannya",
    "This document was issued and signed": "Dokumen ini diterbitkan dan ditandatangani",
    "Check the file": "Periksa berkas",
    "The PDF": "Berkas PDF",
    "Unchanged, with a valid signature": "Tidak berubah, tanda tangan sah",
    "Rate this service": "Nilai layanan ini",
    "Send my answers": "Kirim jawaban saya",
    "Thank you for your answers": "Terima kasih atas jawaban Anda",
    "checked, decided and counted here": "diperiksa, diputuskan, dan dihitung di sini",
    "{arrived} applications arrived. {done} are done.": "{arrived} permohonan masuk. {done} selesai.",
}


class Telling:
    """The story in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.prefix = "" if language == "id" else f"/{language}"

    def say(self, english: str) -> str:
        """This function will return what the pages say where English ones say so."""
        return english if self.language == "en" else SAID[english]

    def own(self, address: str) -> str:
        """This function will return an address in the language of the story."""
        return re.sub(r"(://[^/]+)(?:/en)?/", rf"\1{self.prefix}/", address, count=1)

    def look(self, page: Page, name: str) -> None:
        """This function will look at a page of the story."""
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        looked_at(page, f"letter-{name}-{self.language}")

    def press(self, page: Page, name: str) -> None:
        """This function will press a button that leads to another page."""
        press(page, self.say(name))

    def tap(self, page: Page, name: str) -> None:
        """This function will press a button that leads to another part of the same page."""
        page.get_by_role("button", name=self.say(name), exact=True).click()

    def field(self, page: Page, label: str) -> Locator:
        """This function will return the field of a label, which may say more in brackets behind it."""
        return page.get_by_label(re.compile(rf"^{re.escape(self.say(label))}( \(|$)"))
