package dev.earmark.model;

/**
 * Some words of a moment that stand in its source otherwise: as a recogniser heard them.
 *
 * @param firstWord the first of the right words, counted from 0 among those of {@link Moment#text}
 * @param words how many they are
 * @param heard what the source has in their place
 */
public record Correction(int firstWord, int words, String heard) {}
