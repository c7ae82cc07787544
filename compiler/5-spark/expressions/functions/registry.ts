import { collectionForms, eitherForms } from "./collections.ts";
import { datetimeForms } from "./datetimes.ts";
import type { FunctionForm, FunctionForms } from "./function-form.ts";
import { mathsForms } from "./maths.ts";
import { accessForms, operatorForms } from "./operators.ts";
import { stringForms } from "./strings.ts";

/** How every scalar function and operator of the catalogue is said to Spark; a test holds that each stands here once, and no other. */
export const functionForms: FunctionForms = [...operatorForms, ...accessForms, ...collectionForms, ...eitherForms, ...datetimeForms, ...mathsForms, ...stringForms];

const byName: ReadonlyMap<string, FunctionForm> = new Map(functionForms);

/** The form of a function by the catalogue's name. */
export function findFunctionForm(name: string): FunctionForm | undefined {
  return byName.get(name);
}
