package io.everwire.protocol.eio4;

/** Points in time as {@code JSON.stringify} writes a {@code Date} (ECMA-262, 21.4.1.32: date time string format). */
final class Eio4Dates {
    /** How far from 1970 a {@code Date} may be (ECMA-262, 21.4.1.1: 100,000,000 days). */
    private static final long FARTHEST = 8_640_000_000_000_000L;

    private static final int DAY = 86_400_000;

    /** Of the Gregorian calendar, which repeats then. */
    private static final int DAYS_OF_400_YEARS = 146_097;

    /** From 1 March of the year 0, where 400 years begin, to 1970. */
    private static final int DAYS_TO_1970 = 719_468;

    /** The days before each month of a year that begins with March. */
    private static final int[] MONTHS = {0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337};

    private Eio4Dates() {}

    /** A JSON string, or null for what is no date. */
    static String json(long millis) {
        if (Math.abs(millis) > FARTHEST || millis == Long.MIN_VALUE) {
            return "null";
        }
        long days = Math.floorDiv(millis, DAY) + DAYS_TO_1970;
        StringBuilder text = new StringBuilder(30).append('"');
        date(text, Math.floorDiv(days, DAYS_OF_400_YEARS) * 400, Math.floorMod(days, DAYS_OF_400_YEARS));
        int time = Math.floorMod(millis, DAY);
        digits(text.append('T'), time / 3_600_000, 2);
        digits(text.append(':'), time / 60_000 % 60, 2);
        digits(text.append(':'), time / 1_000 % 60, 2);
        digits(text.append('.'), time % 1_000, 3);
        return text.append("Z\"").toString();
    }

    /** The date so many days after 1 March of {@code year}, with which 400 years begin. */
    private static void date(StringBuilder text, long year, int days) {
        // The last day of four centuries, and of four years, is the leap day: it belongs to the period before it.
        int century = Math.min(days / 36_524, 3);
        int inCentury = days - 36_524 * century;
        int fourYears = inCentury / 1_461;
        int inFourYears = inCentury - 1_461 * fourYears;
        int one = Math.min(inFourYears / 365, 3);
        int day = inFourYears - 365 * one;
        int month = 11;
        while (MONTHS[month] > day) {
            month--;
        }
        year(text, year + 100L * century + 4L * fourYears + one + (month >= 10 ? 1 : 0));
        digits(text.append('-'), (month + 2) % 12 + 1, 2);
        digits(text.append('-'), day - MONTHS[month] + 1, 2);
    }

    private static void year(StringBuilder text, long year) {
        if (year < 0 || year > 9_999) {
            digits(text.append(year < 0 ? '-' : '+'), (int) Math.abs(year), 6);
        } else {
            digits(text, (int) year, 4);
        }
    }

    private static void digits(StringBuilder text, int number, int count) {
        String digits = Integer.toString(number);
        text.append("0".repeat(count - digits.length())).append(digits);
    }
}
