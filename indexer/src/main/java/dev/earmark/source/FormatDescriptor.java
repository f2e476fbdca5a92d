package dev.earmark.source;

/**
 * What a format says of itself to people and in manifests.
 *
 * @param id a short name for commands and manifests, such as {@code video-digest}; lower case,
 *     hyphens
 * @param description what it is, in one line
 * @param recognisedBy how it is recognised, in one line
 */
public record FormatDescriptor(String id, String description, String recognisedBy) {}
