package dev.earmark.page;

/**
 * A note beside the text: what another document says of that moment.
 *
 * @param kind such as {@code Quote}
 * @param kindId such as {@code quote}; for the style sheet
 * @param estimated whether its place was worked out
 * @param text the beginning of what it says
 * @param address where it stands in its document, on the same page
 */
public record NoteView(
    String kind, String kindId, boolean estimated, String text, String address) {}
