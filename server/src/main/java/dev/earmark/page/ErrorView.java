package dev.earmark.page;

/**
 * Something that went wrong, as it is told to a reader.
 *
 * @param status of HTTP
 * @param title what went wrong, in a few words
 * @param detail what it is about, and what would be right
 * @param requestId finds the request in the log; may be empty
 */
public record ErrorView(int status, String title, String detail, String requestId) {}
