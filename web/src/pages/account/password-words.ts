/** What the server asks of every password that a person chooses. */
export const PASSWORD_RULE = 'At least 12 characters. A few words in a row are easy to remember and hard to guess.';
