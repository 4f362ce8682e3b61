// SPDX-License-Identifier: GPL-3.0-or-later
//
// A dialog as a sheet over its window (OpenOver.h): the window is dimmed behind it, Esc closes it.
// A title, a line under it, rows, and a footer for what can be done. Shape: as wide as given, as
// high as its rows, in the middle of the window. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QDialog>

class QFormLayout;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace widgets {

class Sheet : public QDialog {
    Q_OBJECT
public:
    /// `widthToken`: "size.sheet".
    Sheet(const QString &title, const char *widthToken, QWidget *window);

    void setSubtitle(const QString &text);
    /// At the right end of the title's line.
    void addBesideTitle(QWidget *widget);
    QVBoxLayout &rows() { return *rows_; }
    QHBoxLayout &footer() { return *footer_; }
    void addLine();
    /// Rows came or went: as high as they are now.
    void fit();

    /// Shows it until it is accepted or closed; returns at once.
    void openOver();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QHBoxLayout *titleRow_;
    QLabel *title_;
    QLabel *subtitle_;
    QVBoxLayout *rows_;
    QHBoxLayout *footer_;
};

/// Words that explain, smaller and dimmer than the rest.
QLabel *noteLabel(QWidget *parent = nullptr);
/// Rows of label and field as all sheets have them: labels end at one line.
QFormLayout *sheetForm();
/// Once all rows are there: the labels of these groups end at one line.
void alignLabels(std::initializer_list<QFormLayout *> forms);

} // namespace widgets
