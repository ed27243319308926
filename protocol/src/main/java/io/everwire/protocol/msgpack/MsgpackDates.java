package io.everwire.protocol.msgpack;

/**
 * Writes points in time as {@code JSON.stringify} writes a {@code Date} (ECMA-262, 21.4.1.32: date time string format).
 *
 * <p>Examples: 0 is {@code "1970-01-01T00:00:00.000Z"}; a year beyond 9999 has a sign and six digits, {@code
 * "+010000-01-01T00:00:00.000Z"}.
 */
final class MsgpackDates {
    /** The largest distance of a {@code Date} from 1970 in milliseconds (ECMA-262, 21.4.1.1: 100,000,000 days). */
    private static final long FARTHEST = 8_640_000_000_000_000L;

    private static final int DAY = 86_400_000;

    /** The period after which the Gregorian calendar repeats. */
    private static final int DAYS_OF_400_YEARS = 146_097;

    /** The days from 1 March of the year 0, where a period of 400 years begins, to 1 January 1970. */
    private static final int DAYS_TO_1970 = 719_468;

    /** The number of days before each month of a year that begins with March: the leap day is then the last day. */
    private static final int[] MONTHS = {0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337};

    private MsgpackDates() {}

    /** Returns a JSON string; {@code null} if the time is out of range. */
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

    /**
     * Writes the date {@code days} days after 1 March of {@code year}, a year with which a period of 400 years begins.
     */
    private static void date(StringBuilder text, long year, int days) {
        // The last day of 400 years, and of four years, is the leap day: it belongs to the period before it.
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
        // January and February are the last two months here, but belong to the next calendar year.
        year(text, year + 100L * century + 4L * fourYears + one + (month >= 10 ? 1 : 0));
        digits(text.append('-'), (month + 2) % 12 + 1, 2);
        digits(text.append('-'), day - MONTHS[month] + 1, 2);
    }

    /** Writes four digits, or a sign and six (ECMA-262, 21.4.1.32.1: expanded years). */
    private static void year(StringBuilder text, long year) {
        if (year < 0 || year > 9_999) {
            digits(text.append(year < 0 ? '-' : '+'), (int) Math.abs(year), 6);
        } else {
            digits(text, (int) year, 4);
        }
    }

    /** Writes a number with leading zeros. */
    private static void digits(StringBuilder text, int number, int count) {
        String digits = Integer.toString(number);
        text.append("0".repeat(count - digits.length())).append(digits);
    }
}
