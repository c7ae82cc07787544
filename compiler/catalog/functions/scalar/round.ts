import { rounding } from "../rounding.ts";

export const round = rounding("round", "Rounded half away from zero, to whole numbers or to so many places behind the point (Spark's Round).");
