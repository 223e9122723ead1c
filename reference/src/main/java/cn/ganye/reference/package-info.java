/**
 * Codes, identifiers and dated parameters: what the whole house agrees on and nobody else may
 * define. Regions and their history, reporting units and pooling areas, industries, occupations,
 * personal codes, resident IDs and credit codes. Depends on nothing; nothing here knows which
 * province is at home beyond the data files beside it.
 */
@NullMarked
package cn.ganye.reference;

import org.jspecify.annotations.NullMarked;
