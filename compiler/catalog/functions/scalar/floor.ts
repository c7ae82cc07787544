import { floorOrCeil } from "../floor-and-ceil.ts";

export const floor = floorOrCeil("floor", "The largest whole number that is not greater, or the largest with so many places.", []);
