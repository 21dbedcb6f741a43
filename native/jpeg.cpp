#include "jpeg.h"

#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

namespace cawb {
namespace {

constexpr int64_t kMaxPixels = int64_t{1} << 26;
constexpr int kRowsPerCall = 16;

struct Failure {
    jpeg_error_mgr manager;
    std::jmp_buf back;
};

void leave(j_common_ptr info) { std::longjmp(reinterpret_cast<Failure*>(info->err)->back, 1); }

void say_nothing(j_common_ptr) {}

bool is_plain(const jpeg_decompress_struct& info) {
    const int64_t pixels = static_cast<int64_t>(info.image_width) * info.image_height;
    return info.num_components == 3 && info.jpeg_color_space == JCS_YCbCr && pixels > 0 && pixels <= kMaxPixels;
}

// Nothing with a destructor may live here: an error jumps out.
bool decode(jpeg_decompress_struct& info, const uint8_t* bytes, size_t length, cv::Mat& picture) {
    jpeg_mem_src(&info, const_cast<unsigned char*>(bytes), static_cast<unsigned long>(length));
    if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK || !is_plain(info)) return false;
    info.out_color_space = JCS_EXT_BGR;
    picture.create(static_cast<int>(info.image_height), static_cast<int>(info.image_width), CV_8UC3);
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
        JSAMPROW rows[kRowsPerCall];
        int count = 0;
        while (count < kRowsPerCall && info.output_scanline + count < info.output_height) {
            rows[count] = picture.ptr(static_cast<int>(info.output_scanline) + count);
            ++count;
        }
        jpeg_read_scanlines(&info, rows, static_cast<JDIMENSION>(count));
    }
    jpeg_finish_decompress(&info);
    return true;
}

}  // namespace

bool decode_plain_jpeg(const uint8_t* bytes, size_t length, cv::Mat& picture, int& warnings) {
    warnings = 0;
    if (length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return false;
    jpeg_decompress_struct info;
    Failure failure;
    info.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = leave;
    failure.manager.output_message = say_nothing;
    jpeg_create_decompress(&info);
    const bool decoded = setjmp(failure.back) == 0 && decode(info, bytes, length, picture);
    warnings = decoded ? static_cast<int>(failure.manager.num_warnings) : 0;
    jpeg_destroy_decompress(&info);
    return decoded;
}

}  // namespace cawb
