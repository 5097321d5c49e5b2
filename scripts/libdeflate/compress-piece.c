/*
 * What the packing worker asks of libdeflate's compressor: one piece of a deflate stream at a time, out of and into memory that is
 * there from the start. Built by build.sh for WebAssembly; nothing is allocated and nothing imported.
 */
#include "lib/deflate_compress.c"
#include "pieces.h"

u8 input[BEFORE_BYTES + PIECE_BYTES + 64] __attribute__((aligned(64)));
static u8 output[OUTPUT_BYTES + 64] __attribute__((aligned(64)));
static struct libdeflate_compressor state;

#undef memcpy
void *memcpy(void *dest, const void *src, size_t n)
{
	return __builtin_memcpy(dest, src, n); /* one instruction: bulk memory */
}

#undef memset
void *memset(void *s, int c, size_t n)
{
	return __builtin_memset(s, c, n);
}

EXPORT(input) u8 *input_address(void)
{
	return input;
}

EXPORT(output) u8 *output_address(void)
{
	return output;
}

/* To be called once, before anything is compressed. */
EXPORT(start) void start(void)
{
	state.max_passthrough_size = 39; /* as libdeflate's level 4: shorter data never shrink */
	deflate_init_static_codes(&state);
	hc_matchfinder_init(&state.p.g.hc_mf);
}

/* How hard it looks: what tells libdeflate's levels 2 to 7 from each other. */
EXPORT(effort) void effort(u32 lazy, u32 search_depth, u32 nice_length)
{
	state.impl = lazy ? deflate_compress_lazy : deflate_compress_greedy;
	state.max_search_depth = search_depth;
	state.nice_match_length = nice_length;
}

/*
 * Compresses data_nbytes at input + at, which follow before_nbytes of the same stream, to output + out_at. Gives how many bytes
 * were written; 0 where there is no room for them, or nothing to gain. A piece that is not the last ends at a byte: with an empty stored block.
 */
EXPORT(compress)
u32 compress_piece(u32 at, u32 data_nbytes, u32 before_nbytes, u32 last, u32 out_at, u32 out_nbytes)
{
	struct deflate_output_bitstream os = { .next = output + out_at, .end = output + out_at + out_nbytes };
	struct libdeflate_compressor *c = &state;

	/* Too short for a block of codes. */
	if (data_nbytes <= c->max_passthrough_size)
		return 0;
	c->before_nbytes = before_nbytes;
	c->ends_stream = last;
	(*c->impl)(c, input + at, data_nbytes, &os);
	if (os.overflow || (!last && os.end - os.next < 6))
		return 0;
	if (last) {
		/* The block left room for its last bits. */
		if (os.bitcount)
			*os.next++ = os.bitbuf;
	} else {
		/* Three zero bits begin a stored block that is not the last; the rest of the byte is skipped. */
		*os.next++ = os.bitbuf;
		if (os.bitcount > 5)
			*os.next++ = 0;
		put_unaligned_le16(0, os.next);
		put_unaligned_le16(0xffff, os.next + 2);
		os.next += 4;
	}
	return os.next - (output + out_at);
}
