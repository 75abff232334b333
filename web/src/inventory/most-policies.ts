/** The most policies that one run adds to a set or exports by id; the API refuses more. */
export const MOST_POLICIES = 5_000;
