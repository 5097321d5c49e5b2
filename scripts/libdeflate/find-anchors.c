/*
 * Where one of many short words could begin: three bytes in a row are looked up by their halves, 16 places at once. Each bit of a table
 * stands for a group of words; what is found is looked at closely by the caller.
 */
#include <wasm_simd128.h>
#include "pieces.h"

/* For each of the three bytes, by lower and by upper half. */
static u8 tables[6][16] __attribute__((aligned(16)));
static u32 places[PLACES];
static u32 searched;

EXPORT(tables) u8 *tables_address(void)
{
	return &tables[0][0];
}

EXPORT(places) u32 *places_address(void)
{
	return places;
}

/* How far the last search came. */
EXPORT(searched) u32 searched_until(void)
{
	return searched;
}

static v128_t halves(v128_t bytes, v128_t lower, v128_t upper)
{
	v128_t low = wasm_v128_and(bytes, wasm_u8x16_const_splat(15));

	return wasm_v128_and(wasm_i8x16_swizzle(lower, low), wasm_i8x16_swizzle(upper, wasm_u8x16_shr(bytes, 4)));
}

/* Searches input from..to, until the end or until there is no room for more places; gives how many were found. */
EXPORT(search) u32 search(u32 from, u32 to)
{
	v128_t t0 = wasm_v128_load(tables[0]), t1 = wasm_v128_load(tables[1]), t2 = wasm_v128_load(tables[2]);
	v128_t t3 = wasm_v128_load(tables[3]), t4 = wasm_v128_load(tables[4]), t5 = wasm_v128_load(tables[5]);
	u32 found = 0, at;

	for (at = from; at < to && found <= PLACES - 16; at += 16) {
		v128_t groups = wasm_v128_and(halves(wasm_v128_load(input + at), t0, t1),
			wasm_v128_and(halves(wasm_v128_load(input + at + 1), t2, t3), halves(wasm_v128_load(input + at + 2), t4, t5)));
		if (!wasm_v128_any_true(groups))
			continue;
		for (u32 mask = ~wasm_i8x16_bitmask(wasm_i8x16_eq(groups, wasm_i8x16_const_splat(0))) & 0xffff; mask; mask &= mask - 1)
			places[found++] = at + __builtin_ctz(mask);
	}
	searched = at;
	return found;
}
