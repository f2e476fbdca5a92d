package dev.earmark.model;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who is heard in an episode.
 *
 * @param name as written in the source
 * @param role such as {@code host} or {@code guest}; null if not known
 */
public record Speaker(String name, @Nullable String role) {}
