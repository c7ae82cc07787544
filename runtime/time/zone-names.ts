import type { TimeZone } from "./time-zone.ts";
import { fixedOffset } from "./zone.ts";

/** Abbreviations of regions, in winter and in summer, as Java's data for en-US has them (sun.util.resources.TimeZoneNames). */
const abbreviations = `
CET CEST: Europe/Madrid Europe/Paris Europe/Berlin Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna Europe/Zurich Europe/Prague Europe/Warsaw Europe/Budapest
  Europe/Copenhagen Europe/Stockholm Europe/Oslo Europe/Belgrade Europe/Zagreb Europe/Ljubljana Europe/Bratislava Europe/Sarajevo Europe/Skopje Europe/Luxembourg
  Europe/Monaco Europe/Malta Europe/Andorra Europe/Vaduz Europe/San_Marino Europe/Vatican Europe/Gibraltar Europe/Tirane Europe/Podgorica Europe/Busingen Arctic/Longyearbyen
  Atlantic/Jan_Mayen Africa/Ceuta Africa/Tunis Africa/Algiers CET Poland
EET EEST: Europe/Athens Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Bucharest Europe/Sofia Europe/Riga Europe/Tallinn Europe/Vilnius Europe/Chisinau Europe/Mariehamn
  Europe/Kaliningrad Europe/Uzhgorod Europe/Zaporozhye Asia/Beirut Asia/Nicosia Asia/Famagusta Asia/Gaza Asia/Hebron Africa/Cairo Africa/Tripoli EET Egypt Libya
WET WEST: Europe/Lisbon Atlantic/Canary Atlantic/Madeira Atlantic/Faroe Atlantic/Faeroe WET Portugal
GMT BST: Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB
GMT IST: Europe/Dublin Eire
GMT GMT: Africa/Abidjan Africa/Accra Africa/Dakar Africa/Bamako Africa/Monrovia Atlantic/Reykjavik Iceland America/Danmarkshavn
MSK MSD: Europe/Moscow Europe/Simferopol W-SU
EST EDT: America/New_York America/Toronto America/Detroit America/Montreal America/Nassau America/Port-au-Prince America/Indianapolis America/Indiana/Indianapolis
  America/Kentucky/Louisville America/Louisville America/Iqaluit America/Jamaica America/Panama America/Cancun US/Eastern US/Michigan Canada/Eastern EST5EDT EST
CST CDT: America/Chicago America/Winnipeg America/Mexico_City America/Monterrey America/Matamoros America/Menominee America/Guatemala America/Costa_Rica America/El_Salvador
  America/Managua America/Tegucigalpa America/Regina America/Belize US/Central Canada/Central CST6CDT
MST MDT: America/Denver America/Edmonton America/Boise America/Phoenix America/Yellowknife America/Ojinaga America/Ciudad_Juarez US/Mountain US/Arizona Canada/Mountain MST7MDT MST
PST PDT: America/Los_Angeles America/Vancouver America/Tijuana US/Pacific Canada/Pacific PST8PDT
AKST AKDT: America/Anchorage America/Juneau America/Nome America/Sitka US/Alaska
HST HDT: Pacific/Honolulu US/Hawaii HST
AST ADT: America/Halifax America/Moncton America/Goose_Bay Atlantic/Bermuda America/Puerto_Rico America/Barbados America/Martinique America/Santo_Domingo Canada/Atlantic
NST NDT: America/St_Johns Canada/Newfoundland
BRT BRST: America/Sao_Paulo America/Bahia America/Fortaleza America/Recife America/Belem America/Maceio America/Araguaina Brazil/East
AMT AMST: America/Manaus America/Cuiaba America/Campo_Grande America/Porto_Velho America/Boa_Vista Brazil/West
ART ARST: America/Buenos_Aires America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Cordoba
CLT CLST: America/Santiago Chile/Continental
PYT PYST: America/Asuncion
UYT UYST: America/Montevideo
COT COST: America/Bogota
PET PEST: America/Lima
VET VEST: America/Caracas
BOT BOST: America/La_Paz
ECT ECST: America/Guayaquil
IST IST: Asia/Kolkata Asia/Calcutta Asia/Colombo
IST IDT: Asia/Jerusalem Asia/Tel_Aviv Israel
PKT PKST: Asia/Karachi
BDT BDST: Asia/Dhaka Asia/Dacca
NPT NPST: Asia/Kathmandu Asia/Katmandu
JST JDT: Asia/Tokyo Japan
KST KDT: Asia/Seoul Asia/Pyongyang ROK
CST CDT: Asia/Shanghai Asia/Taipei Asia/Chongqing Asia/Macau PRC ROC
HKT HKST: Asia/Hong_Kong Hongkong
SGT SGST: Asia/Singapore Singapore
MYT MYST: Asia/Kuala_Lumpur Asia/Kuching
ICT ICST: Asia/Bangkok Asia/Ho_Chi_Minh Asia/Saigon Asia/Phnom_Penh Asia/Vientiane
WIB WIB: Asia/Jakarta
WITA WITA: Asia/Makassar
WIT WIT: Asia/Jayapura
PST PDT: Asia/Manila
GST GDT: Asia/Dubai Asia/Muscat
AST ADT: Asia/Riyadh Asia/Baghdad Asia/Kuwait Asia/Qatar Asia/Bahrain Asia/Aden
IRST IRDT: Asia/Tehran Iran
TRT TRST: Europe/Istanbul Asia/Istanbul Turkey
AZT AZST: Asia/Baku
GET GEST: Asia/Tbilisi
AMT AMST: Asia/Yerevan
UZT UZST: Asia/Tashkent Asia/Samarkand
AFT AFST: Asia/Kabul
AEST AEDT: Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Brisbane Australia/Canberra Australia/ACT Australia/NSW Australia/Victoria Australia/Queensland
ACST ACDT: Australia/Adelaide Australia/Darwin Australia/Broken_Hill
AWST AWDT: Australia/Perth
NZST NZDT: Pacific/Auckland Antarctica/McMurdo NZ
ChST GDT: Pacific/Guam Pacific/Saipan
WSST WSDT: Pacific/Apia
SST SDT: Pacific/Pago_Pago US/Samoa
FJT FJST: Pacific/Fiji
TOT TOST: Pacific/Tongatapu
SAST SAST: Africa/Johannesburg Africa/Maseru Africa/Mbabane
EAT EAT: Africa/Nairobi Africa/Addis_Ababa Africa/Kampala Africa/Mogadishu Africa/Dar_es_Salaam
WAT WAST: Africa/Lagos Africa/Luanda Africa/Kinshasa Africa/Libreville Africa/Douala
CAT CAST: Africa/Harare Africa/Maputo Africa/Lusaka Africa/Khartoum Africa/Gaborone Africa/Kigali`;

const byRegion: ReadonlyMap<string, readonly [winter: string, summer: string]> = new Map(
  abbreviations.trim().split(/\n(?! )/).flatMap((line) => {
    const [names = "", regions = ""] = line.split(": ");
    const [winter = "", summer = ""] = names.split(" ");
    return regions.trim().split(/\s+/).map((region) => [region, [winter, summer] as const] as const);
  }),
);

const longNames = new Map<string, Intl.DateTimeFormat>();

/** The English name of a zone at an instant (microseconds), short (`CET`) or long (`Central European Summer Time`). */
export function zoneName(zone: TimeZone, micros: number, long: boolean): string {
  const { id } = zone;
  if (id === "UTC" || id === "Z" || id === "UCT" || id === "Etc/UTC") return long ? "Coordinated Universal Time" : "UTC";
  if (id === "GMT" || id === "UT") return long ? "Greenwich Mean Time" : id;
  if (fixedOffset(id) !== undefined) return id;
  const name = longNameOf(id, micros);
  if (long) return name;
  const [winter, summer] = byRegion.get(id) ?? [id, id];
  return /Summer|Daylight|Irish Standard/.test(name) ? summer : winter;
}

function longNameOf(id: string, micros: number): string {
  let format = longNames.get(id);
  if (format === undefined) longNames.set(id, (format = new Intl.DateTimeFormat("en-US", { timeZone: id, timeZoneName: "long" })));
  return format.formatToParts(Math.floor(micros / 1000)).find(({ type }) => type === "timeZoneName")?.value ?? id;
}
