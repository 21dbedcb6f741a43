// A C ABI over the parts of OpenCV that Cawb.Detection needs: decode, encode, resize, warp, colour.
//
// Rules of this boundary: every function returns 0 or a negative status; the text of the last failure on this thread is
// given by cawb_vision_error; no exception leaves; pixels are 8-bit, interleaved, blue first, rows without gaps; memory
// that goes in or out belongs to the caller. What a call leaves behind for the next one (a decoded picture, an encoded
// file) lies in thread-local storage and is fetched by the same thread at once.

#include <cstdint>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "jpeg.h"

#define CAWB_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

constexpr int kOk = 0;
constexpr int kFailed = -1;
// Decoded or encoded bytes above this are given back at once; below it the next call on the thread reuses them.
constexpr size_t kKeptBytes = size_t{1} << 25;

thread_local std::string last_error;
thread_local cv::Mat decoded;
thread_local int decoding_warnings = 0;
thread_local std::vector<uint8_t> encoded;

int quiet(int, const char*, const char*, const char*, int, void*) { return 0; }

// The callers run one picture per thread, so OpenCV must not start threads of its own; and it must not write to the
// terminal, because its errors come back as text.
struct Setup {
    Setup() {
        cv::setNumThreads(1);
        cv::redirectError(quiet);
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    }
} const setup;

template <typename Body>
int guarded(Body body) noexcept {
    try {
        return body();
    } catch (const cv::Exception& e) {
        last_error = e.err.empty() ? e.what() : e.err;
    } catch (const std::exception& e) {
        last_error = e.what();
    } catch (...) {
        last_error = "unknown failure";
    }
    return kFailed;
}

int fail(const char* text) {
    last_error = text;
    return kFailed;
}

cv::Mat view(const uint8_t* pixels, int width, int height) {
    return {height, width, CV_8UC3, const_cast<uint8_t*>(pixels)};
}

// True when OpenCV wrote where it was told to, instead of allocating a result of another shape.
bool wrote_in_place(const cv::Mat& result, const uint8_t* destination) { return result.data == destination; }

int interpolation_of(int code) { return code == 1 ? cv::INTER_AREA : cv::INTER_LINEAR; }

// `tables` are 3 x 256 bytes for hue, saturation and value; the same as cv::LUT, which takes three times as long.
void look_up(cv::Mat& hsv, const uint8_t* tables) {
    const uint8_t* const hue = tables;
    const uint8_t* const saturation = tables + 256;
    const uint8_t* const value = tables + 512;
    uint8_t* pixel = hsv.data;
    for (const uint8_t* const end = pixel + 3 * hsv.total(); pixel != end; pixel += 3) {
        pixel[0] = hue[pixel[0]];
        pixel[1] = saturation[pixel[1]];
        pixel[2] = value[pixel[2]];
    }
}

// EXIF's orientations, in the words of the TIFF standard: where the first row and the first column of the file belong.
void turn(cv::Mat& picture, int orientation) {
    if (orientation >= 5) {
        cv::Mat transposed;
        cv::transpose(picture, transposed);
        picture = transposed;
    }
    switch (orientation) {
        case 2:  // top, right
        case 6:  // right, top
            cv::flip(picture, picture, 1);
            break;
        case 3:  // bottom, right
        case 7:  // right, bottom
            cv::flip(picture, picture, -1);
            break;
        case 4:  // bottom, left
        case 8:  // left, bottom
            cv::flip(picture, picture, 0);
            break;
        default:  // 1: top, left; 5: left, top
            break;
    }
}

}  // namespace

// The text of the last failure on this thread; valid until the next call.
CAWB_EXPORT const char* cawb_vision_error() { return last_error.c_str(); }

CAWB_EXPORT const char* cawb_vision_version() { return CV_VERSION; }

// Decodes a JPEG, PNG, WebP or BMP file in memory, turned as its EXIF data say, and keeps it for cawb_vision_take.
// orientation: of a JPEG file, 1 to 8; 0 leaves it to OpenCV to find it out.
CAWB_EXPORT int cawb_vision_decode(const uint8_t* bytes, int64_t length, int orientation, int32_t* width, int32_t* height) {
    return guarded([&] {
        if (length <= 0 || length > INT32_MAX) return fail("the file is empty or larger than 2 GiB");
        decoding_warnings = 0;
        if (orientation != 0 && cawb::decode_plain_jpeg(bytes, static_cast<size_t>(length), decoded, decoding_warnings)) {
            turn(decoded, orientation);
        } else {
            const cv::Mat file(1, static_cast<int>(length), CV_8UC1, const_cast<uint8_t*>(bytes));
            decoded = cv::imdecode(file, cv::IMREAD_COLOR);
        }
        if (decoded.empty()) return fail("the pixels cannot be decoded");
        *width = decoded.cols;
        *height = decoded.rows;
        return kOk;
    });
}

// In how many places the file of the last cawb_vision_decode on this thread was damaged without ending the decoding; known for plain JPEG files.
CAWB_EXPORT int cawb_vision_decoding_warnings() { return decoding_warnings; }

// Moves the decoded picture into the caller's memory, resized when the size differs (interpolation: 0 bilinear, 1 area).
CAWB_EXPORT int cawb_vision_take(uint8_t* destination, int width, int height, int interpolation) {
    return guarded([&] {
        if (decoded.empty()) return fail("no decoded picture on this thread");
        cv::Mat target = view(destination, width, height);
        if (decoded.cols == width && decoded.rows == height)
            decoded.copyTo(target);
        else
            cv::resize(decoded, target, target.size(), 0, 0, interpolation_of(interpolation));
        if (decoded.total() * decoded.elemSize() > kKeptBytes) decoded.release();
        return wrote_in_place(target, destination) ? kOk : fail("the result has another size");
    });
}

// extension ".png" (quality unused) or ".jpg" (quality 0 to 100); the file is kept for cawb_vision_take_encoded.
CAWB_EXPORT int cawb_vision_encode(const uint8_t* pixels, int width, int height, const char* extension, int quality,
                                   int64_t* length) {
    return guarded([&] {
        std::vector<int> settings;
        if (std::strcmp(extension, ".jpg") == 0) settings = {cv::IMWRITE_JPEG_QUALITY, quality};
        if (!cv::imencode(extension, view(pixels, width, height), encoded, settings)) return fail("the encoder refused");
        *length = static_cast<int64_t>(encoded.size());
        return kOk;
    });
}

CAWB_EXPORT int cawb_vision_take_encoded(uint8_t* destination, int64_t length) {
    return guarded([&] {
        if (length != static_cast<int64_t>(encoded.size())) return fail("no encoded file of this length on this thread");
        std::memcpy(destination, encoded.data(), encoded.size());
        if (encoded.capacity() > kKeptBytes) std::vector<uint8_t>().swap(encoded);
        return kOk;
    });
}

CAWB_EXPORT int cawb_vision_resize(const uint8_t* source, int width, int height, uint8_t* destination, int new_width,
                                   int new_height, int interpolation) {
    return guarded([&] {
        cv::Mat target = view(destination, new_width, new_height);
        cv::resize(view(source, width, height), target, target.size(), 0, 0, interpolation_of(interpolation));
        return wrote_in_place(target, destination) ? kOk : fail("the result has another size");
    });
}

// matrix: 9 numbers, row-major, from source to destination. Bilinear; outside the source lies grey of the value `border`.
CAWB_EXPORT int cawb_vision_warp(const uint8_t* source, int width, int height, uint8_t* destination, int new_width,
                                 int new_height, const double* matrix, int perspective, int border) {
    return guarded([&] {
        const cv::Mat m(perspective ? 3 : 2, 3, CV_64F, const_cast<double*>(matrix));
        cv::Mat target = view(destination, new_width, new_height);
        const cv::Scalar grey(border, border, border);
        if (perspective)
            cv::warpPerspective(view(source, width, height), target, m, target.size(), cv::INTER_LINEAR,
                                cv::BORDER_CONSTANT, grey);
        else
            cv::warpAffine(view(source, width, height), target, m, target.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                           grey);
        return wrote_in_place(target, destination) ? kOk : fail("the result has another size");
    });
}

// Interleaved blue-green-red to three planes red, green, blue. `tables` (null for none) are 3 x 256 bytes for hue (0 to
// 179), saturation and value, through which every pixel goes on the way; flips are applied last. The source is not
// changed. Worked off in strips that stay in the cache.
CAWB_EXPORT int cawb_vision_planes(const uint8_t* source, int width, int height, const uint8_t* tables, int flip_vertical,
                                   int flip_horizontal, uint8_t* planes) {
    return guarded([&] {
        const size_t plane = static_cast<size_t>(width) * height;
        const int rows = std::max(1, 8192 / std::max(1, width));
        const cv::Mat all = view(source, width, height);
        cv::Mat hsv, changed;
        for (int top = 0; top < height; top += rows) {
            const int bottom = std::min(height, top + rows);
            cv::Mat strip = all.rowRange(top, bottom);
            if (tables != nullptr) {
                cv::cvtColor(strip, hsv, cv::COLOR_BGR2HSV);
                look_up(hsv, tables);
                cv::cvtColor(hsv, changed, cv::COLOR_HSV2BGR);
                strip = changed;
            }
            const size_t first = static_cast<size_t>(flip_vertical ? height - bottom : top) * width;
            cv::Mat channels[3];
            for (int c = 0; c < 3; ++c)
                channels[c] = cv::Mat(bottom - top, width, CV_8UC1, planes + (2 - c) * plane + first);
            cv::split(strip, channels);
            if (!flip_vertical && !flip_horizontal) continue;
            const int code = flip_vertical ? (flip_horizontal ? -1 : 0) : 1;
            for (cv::Mat& channel : channels) cv::flip(channel, channel, code);
        }
        return kOk;
    });
}

// A rectangle (corners in pixels, inclusive) and, when the text is not empty, a label on a filled field above it.
CAWB_EXPORT int cawb_vision_draw_box(uint8_t* pixels, int width, int height, int left, int top, int right, int bottom,
                                     int blue, int green, int red, int thickness, const char* text) {
    return guarded([&] {
        cv::Mat image = view(pixels, width, height);
        const cv::Scalar colour(blue, green, red);
        cv::rectangle(image, {left, top}, {right, bottom}, colour, thickness, cv::LINE_8);
        if (text[0] == '\0') return kOk;
        const double scale = 0.3 + 0.1 * thickness;
        int baseline = 0;
        const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline);
        const int field_height = size.height + baseline + 2;
        const int field_top = top >= field_height ? top - field_height : top;
        cv::rectangle(image, {left, field_top, size.width + 2, field_height}, colour, cv::FILLED);
        const bool bright = 0.114 * blue + 0.587 * green + 0.299 * red > 140;
        const cv::Scalar ink = bright ? cv::Scalar(0, 0, 0) : cv::Scalar(255, 255, 255);
        cv::putText(image, text, {left + 1, field_top + size.height + 1}, cv::FONT_HERSHEY_SIMPLEX, scale, ink, 1,
                    cv::LINE_AA);
        return kOk;
    });
}
