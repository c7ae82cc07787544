import { floorOrCeil } from "../floor-and-ceil.ts";

export const ceil = floorOrCeil("ceil", "The smallest whole number that is not less, or the smallest with so many places.", ["ceiling"]);
