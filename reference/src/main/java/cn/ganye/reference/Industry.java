package cn.ganye.reference;

/**
 * 行业 (GB/T 4754-2017).
 *
 * @param code section letter A–T, or division of two digits
 * @param section the letter; of a section, its own
 */
public record Industry(String code, String section, String name) {}
