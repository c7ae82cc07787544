import fc from "fast-check";
import { expect, it } from "vitest";
import { microsPerDay } from "../../../runtime/time/civil.ts";
import { timeZone, tryTimeZone, utc } from "../../../runtime/time/zone.ts";
import { zoneName } from "../../../runtime/time/zone-names.ts";

const regions = ["Europe/Madrid", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin"];
const micros = (text: string): number => Date.parse(text) * 1000;
const between1900And2100 = fc.integer({ min: micros("1900-01-01T00:00:00Z") / 1e6, max: micros("2100-01-01T00:00:00Z") / 1e6 });

it("has the offsets of Intl at any instant, whatever was asked before", () => {
  fc.assert(
    fc.property(fc.constantFrom(...regions), fc.array(between1900And2100, { minLength: 1, maxLength: 20 }), (id, instants) => {
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone: id, dateStyle: "short", timeStyle: "medium" });
      for (const seconds of instants) expect(new Date((seconds * 1e6 + timeZone(id).offsetAt(seconds * 1e6)) / 1000).toISOString().slice(0, 19).replace("T", " ")).toBe(format.format(seconds * 1000));
    }),
  );
});

it("gives back an instant from its local time, or the earlier one that has the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...regions), between1900And2100, (id, seconds) => {
      const zone = timeZone(id);
      const at = seconds * 1e6;
      const back = zone.instantOf(zone.localOf(at));
      expect(zone.localOf(back)).toBe(zone.localOf(at));
      expect(back).toBeLessThanOrEqual(at);
      expect(zone.instantNear(zone.localOf(at), zone.offsetAt(at))).toBe(at);
    }),
  );
});

it("begins a day at midnight, or where midnight is skipped at the transition", () => {
  const day = (text: string): number => micros(`${text}T00:00:00Z`) / microsPerDay;
  expect(timeZone("Europe/Madrid").startOfDay(day("2024-03-31"))).toBe(micros("2024-03-30T23:00:00Z"));
  expect(timeZone("America/Sao_Paulo").startOfDay(day("2018-11-04"))).toBe(micros("2018-11-04T03:00:00Z"));
  expect(timeZone("America/Toronto").startOfDay(day("1919-03-31"))).toBe(micros("1919-03-31T04:30:00Z"));
  expect(timeZone("Pacific/Apia").startOfDay(day("2011-12-30"))).toBe(micros("2011-12-30T10:00:00Z"));
});

it("takes ids as java.time does", () => {
  expect(["Europe/Madrid", "US/Pacific", "Etc/GMT+5", "EST5EDT", "GMT0", "+5", "UTC-03:30"].map((id) => tryTimeZone(id)?.id)).not.toContain(undefined);
  expect(["europe/madrid", "EUROPE/MADRID", "Europe/Nowhere", "+25:00", " UTC", "local"].map((id) => tryTimeZone(id))).toEqual(Array(6).fill(undefined));
  expect(timeZone("UTC")).toBe(utc);
});

it("names zones by season", () => {
  const [winter, summer] = [micros("2024-01-01T00:00:00Z"), micros("2024-07-01T00:00:00Z")];
  expect([winter, summer].map((at) => zoneName(timeZone("Europe/Madrid"), at, false))).toEqual(["CET", "CEST"]);
  expect([winter, summer].map((at) => zoneName(timeZone("Europe/Dublin"), at, false))).toEqual(["GMT", "IST"]);
  expect(zoneName(timeZone("America/New_York"), summer, true)).toBe("Eastern Daylight Time");
  expect(zoneName(timeZone("+02:00"), winter, false)).toBe("+02:00");
});
