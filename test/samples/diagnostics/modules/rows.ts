import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "some-package";
import type { Agent } from "some-package";
import { stamped } from "./clock.ts";

/** A row as the jobs declare it. */
export interface Order {
  readonly id: string;
  readonly user: number | null;
  readonly items: readonly Item[];
}

export interface Item {
  readonly price: number;
  readonly name?: string;
}

export function totalOf(order: Order): number {
  return order.items.reduce((sum, item) => sum + item.price, 0);
}

export interface Tagged {
  readonly id: string;
  readonly tags: readonly { readonly key: symbol }[];
}

export const tagsOf = (row: Tagged): number => row.tags.length;

export interface Shouting {
  readonly id: string;
  shout(): string;
}

export const shout = (row: Shouting): string => row.shout();

export const either = (id: string): string | number => (id === "" ? 0 : id);

export const agentOf = (agent: Agent): string => agent.name;

export const parsed = (id: string) => parse(id);

export interface Page {
  readonly id: string;
  readonly parent: Page | null;
}

export const depthOf = (page: Page): number => (page.parent === null ? 0 : depthOf(page.parent) + 1);

export const userOf = (row: { readonly user: number }): number => row.user;

export const costOf = (row: { readonly cost: number }): number => row.cost;

export const dayOf = (row: { readonly at: string }): string => row.at.slice(0, 10);

export const lengthOf = (id: string): number => id.length;

export const longer = (row: { readonly id: string }, least: number): boolean => row.id.length > least;

export const yearOf = (row: { readonly at: Date }): number => row.at.getUTCFullYear();

export const named = (row: { readonly id: string }): { name: string } => ({ name: stamped(row.id) });

export const sampled = (row: { readonly id: string }): boolean => row.id < randomUUID();

export const known = (row: { readonly id: string }): boolean => readFileSync("known.txt", "utf8").includes(row.id);

const seen = new Set<string>();

export function isNew(row: { readonly id: string }): boolean {
  if (seen.has(row.id)) return false;
  seen.add(row.id);
  return true;
}

export const tidy = (row: { readonly id: string }): { id: string } => ({ id: String(parse(row.id)) });

export const fetched = async (row: { readonly id: string }): Promise<{ id: string; found: boolean }> => ({ id: row.id, found: (await fetch(`http://localhost/${row.id}`)).ok });
