/** English names, as Java's CLDR data has them for en-US; January first. */
export const monthNames: readonly string[] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export const shortMonthNames: readonly string[] = monthNames.map((name) => name.slice(0, 3));
/** Monday first (ISO). */
export const weekdayNames: readonly string[] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
export const shortWeekdayNames: readonly string[] = weekdayNames.map((name) => name.slice(0, 3));
export const quarterNames: readonly string[] = ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"];
