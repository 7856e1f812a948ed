// Verifies credentials as others do: Digital Bazaar's libraries for the JSON, jose for the JWT.
// Reads {documents: {address: text}, credentials: [text]} on its input; writes one result each.
// What is not among the documents cannot be had: nothing is fetched.
import {named} from "@digitalbazaar/credentials-context";
import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import {cryptosuite} from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import {checkStatus} from "@digitalbazaar/vc-bitstring-status-list";
import {importJWK, jwtVerify} from "jose";
import {readFileSync} from "node:fs";

const {documents, credentials} = JSON.parse(readFileSync(0, "utf8"));
const VC2 = named.get("v2");
const MULTIKEY = "https://w3id.org/security/multikey/v1";

function held(address) {
  if (address === VC2.id) return VC2.context;
  if (!(address in documents)) throw new Error(`not held: ${address}`);
  return JSON.parse(documents[address]);
}

const didOf = address => address.split("#")[0];

async function documentLoader(address) {
  let document = held(address.startsWith("did:") ? didOf(address) : address);
  if (address.includes("#")) {
    const method = document.verificationMethod.find(each => each.id === address);
    if (!method) throw new Error(`no such key: ${address}`);
    document = {"@context": MULTIKEY, ...method};
  }
  return {contextUrl: null, documentUrl: address, document};
}

async function verifyJson(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  let status;
  const remembered = async options => (status = await checkStatus(options));
  const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus: remembered});
  const error = result.error?.errors?.map(String).join(" ") ?? String(result.error ?? "");
  const set = status?.results?.filter(each => each.status) ?? [];
  return {
    verified: result.verified, error, listsRead: status?.results?.length ?? 0,
    listsVerified: status?.verified ?? false,
    set: set.map(each => each.credentialStatus.statusPurpose),
  };
}

async function verifyJwt(token) {
  const payload = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  const key = async header => {
    if (didOf(header.kid) !== payload.issuer.id) throw new Error("key of another");
    const method = held(payload.issuer.id).verificationMethod.find(each => each.id === header.kid);
    return importJWK(method.publicKeyJwk, "EdDSA");
  };
  const checked = await jwtVerify(token, key, {algorithms: ["EdDSA"], issuer: payload.issuer.id});
  return {verified: true, error: "", subject: checked.payload.sub};
}

const results = [];
for (const text of credentials) {
  try {
    results.push(await (text.startsWith("{") ? verifyJson(JSON.parse(text)) : verifyJwt(text)));
  } catch (error) {
    results.push({verified: false, error: String(error)});
  }
}
process.stdout.write(JSON.stringify(results));
