package dev.earmark.page;

/**
 * A parameter of an address, and the field of a form that makes it.
 *
 * @param value not encoded
 */
public record FormField(String name, String value) {}
