"""Timestamps (RFC 3161) of the local authority, made in this process."""

import secrets
from datetime import datetime

from asn1crypto import cms, core, tsp
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper

#: the policy under which it stamps; an arc of examples (RFC 7299 has none for demonstrations), it promises nothing
_POLICY = "2.25.329800735698586629295641978511506172918"


class LocalTimeStamper(TimeStamper):
    """Says that something existed `at`, in the name of the local authority."""

    def __init__(self, signer: SimpleSigner, *, at: datetime) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self._signer = signer
        self._at = at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """This function will answer a request with a token over what the request names."""
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": core.ParsableOctetString(self._info(req).dump())}
        )
        algorithm = req["message_imprint"]["hash_algorithm"]["algorithm"].native
        token = await self._signer.async_sign_general_data(
            content, digest_algorithm=algorithm, detached=False, use_cades=True
        )
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})

    def _info(self, req: tsp.TimeStampReq) -> tsp.TSTInfo:
        said = {
            "version": "v1",
            "policy": _POLICY,
            "message_imprint": req["message_imprint"],
            "serial_number": secrets.randbits(64),
            "gen_time": self._at.replace(microsecond=0),
        }
        if req["nonce"].native is not None:
            said["nonce"] = req["nonce"]
        return tsp.TSTInfo(said)
