package dev.earmark.corpus;

/**
 * A transcript that holds the same words as another of its episode: kept to be read and exported,
 * neither searched nor counted.
 *
 * @param document its spoken words and nothing else
 * @param searched the name of the document that is searched in its stead
 */
public record Alternative(SourceDocument document, String searched) {}
